"""The outlets: one small file of declarations each. `kliping outlets` lists them."""
