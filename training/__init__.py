"""How the shipped model was made: readers of labelled text, projection of labels, training, and export."""
