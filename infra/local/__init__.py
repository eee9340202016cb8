"""The whole product on one laptop: an emulator in the place of AWS, a page for the mail, staff to sign in as."""
