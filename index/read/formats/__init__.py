"""The formats that articles come in, one a module; the table of them is in `index.read.detect`."""
