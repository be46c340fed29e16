import sys

from leitai.web.cli.main import main

sys.exit(main())
