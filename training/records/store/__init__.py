"""Records that were checked -> Parquet files in the data folder, and back."""
