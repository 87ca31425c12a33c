"""Reports: verdicts and both texts as pages for a browser."""
