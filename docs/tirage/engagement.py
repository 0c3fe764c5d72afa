#!/usr/bin/env python3
"""Choisit un secret pour la graine d'un tirage et donne l'engagement à publier, sans rien de toguna.

    python3 engagement.py PARTIE [SECRET]

PARTIE est le nom que la page de l'appel donne, par exemple « organisation:amis-du-fleuve ». Rien n'est écrit ni envoyé : gardez
le secret, ne publiez que l'engagement. Written from crates/sortition/README.md, "The seed".
"""
import hashlib
import re
import secrets
import sys


def commitment(party, secret):
    out = hashlib.sha256()
    for text in ("toguna/sortition/commitment/v1", party, secret):
        data = text.encode()
        out.update(len(data).to_bytes(8, "big") + data)
    return out.hexdigest()


def main(arguments):
    if len(arguments) not in (1, 2):
        sys.exit(__doc__)
    secret = arguments[1] if len(arguments) == 2 else secrets.token_hex(20)
    if not re.fullmatch("[a-z0-9]{16,128}", secret):
        sys.exit("le secret a de 16 à 128 lettres minuscules et chiffres, sans espace ni accent")
    print(f"Secret : {secret}")
    print(f"Engagement : {commitment(arguments[0], secret)}")


if __name__ == "__main__":
    main(sys.argv[1:])
