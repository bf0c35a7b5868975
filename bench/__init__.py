"""What the public check costs, and the least it could cost. `make bench` prints it; docs/decisions/0007 says why."""
