"""What documents are made of: the season's records in the words that papers use."""
