"""`make demo`: fills a running `make run` with complaints, all of them through the front door.

What complainants do goes over the public API, what staff do over the desk API with a token from the real sign-in page.
Nothing is written past the rules, so the demo is a test of them as well; at its end it checks on the desk that all came
out as it should, and fails if not. A second run files another batch; the choices are the same each time, the complaints
are new ones. What the data is and where it comes from: data/SOURCE.md.
"""
