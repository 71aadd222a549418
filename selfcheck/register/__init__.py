"""The official register of municipalities (GV100AD): its file as frozen data, without a database."""
