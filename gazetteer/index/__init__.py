"""The memory-mapped index: how it is made, where it lies, how it is read."""
