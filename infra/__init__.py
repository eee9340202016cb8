"""What surrounds the functions: building, deploying and publishing them, on AWS and on a laptop."""

import sys

from infra.paths import FUNCTIONS

# Deployment renders the pages and derives the origin token with the product's own code, never a copy of it.
if str(FUNCTIONS) not in sys.path:
    sys.path.insert(0, str(FUNCTIONS))
