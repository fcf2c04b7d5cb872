"""What `liqtop doctor` looks at, a module for each group of checks. No Textual here, and nothing is changed."""
