"""What other inputs lie in, one kind a module; the table of them is in `index.read.containers.leaves`."""
