"""A pack's blocks and rows -> its files beside the page: Word, PDF, Excel, CSV. Made in the job's worker."""
