"""Tables that were read -> what is odd about them as a whole, and what must not be kept of them."""
