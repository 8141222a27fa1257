"""News as agencies send it in XML, one standard a module; the table of them is in `index.read.formats.wire`."""
