"""The Microsoft Teams home."""

import warnings

# The SDK warns, when imported, of a preview feature of its own that nobody here uses.
warnings.filterwarnings("ignore", message="HtmlWidgetSecurityPolicy is in preview")
