"""Agencies and services as Open Referral HSDS 3.1 writes them (D-011), read for hub and laptop."""
