"""How do the big public gazetteers get here? The one part of the package that goes online."""
