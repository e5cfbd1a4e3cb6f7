"""Which of the places that bear a name does a text mean: features, weights, calibration."""
