"""The core: what a complaint is, what may happen to it, and when. No clock, no AWS, no environment."""
