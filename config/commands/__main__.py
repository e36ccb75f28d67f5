import sys

from config.commands.dispatch import dispatch

if __name__ == "__main__":
    sys.exit(dispatch(sys.argv[1:]))
