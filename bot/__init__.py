"""Everything that knows patients. No model SDK may be imported below this package."""
