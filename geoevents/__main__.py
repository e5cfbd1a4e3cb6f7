"""Run the command line as ``python -m geoevents``."""

from geoevents.cli.app import main

if __name__ == "__main__":
    main()
