"""The publicity desk: what units hand in and is adopted, the bulletin, news, the home page."""
