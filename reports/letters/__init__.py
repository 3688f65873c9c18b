"""Word documents: the letter in office style (GB/T 9704) and the working paper of a unit (审查底稿)."""
