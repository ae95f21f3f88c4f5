"""What users who opted in share: transcripts that tell of nobody."""
