"""The version of Newsmorgue, in one place."""

VERSION = "0.1.0"
