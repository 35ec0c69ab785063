"""The invented agencies, one HSDS file each."""
