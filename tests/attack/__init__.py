"""What somebody with every published table, and nothing else, can work out about the figures that are hidden."""
