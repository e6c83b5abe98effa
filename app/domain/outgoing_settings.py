"""Rows of the table of settings: the receipt printer, and the mail."""

from __future__ import annotations

from app.domain.setting import Setting

PRINTER_PAGE = "Périphériques › Imprimante de tickets"
MAIL_PAGE = "Périphériques › Mail"

AFTER_CLOSURE = (
    ("none", "Jamais"),
    ("general", "Après chaque clôture GÉNÉRALE"),
    ("all", "Après chaque clôture, aussi CAISSE et POSTE"),
)
PRINTERS = (
    ("none", "Pas d'imprimante"),
    ("windows", "Imprimante de Windows (USB)"),
    ("network", "Imprimante réseau, par son adresse"),
    ("file", "Fichier ou port (LPT1, /dev/usb/lp0)"),
)
MAIL_PROVIDERS = (
    ("orange", "Orange"),
    ("free", "Free"),
    ("sfr", "SFR"),
    ("bouygues", "Bouygues Telecom"),
    ("laposte", "La Poste (laposte.net)"),
    ("gmail", "Gmail"),
    ("microsoft", "Microsoft 365"),
    ("yahoo", "Yahoo"),
    ("ovh", "OVH"),
    ("ionos", "IONOS"),
    ("gandi", "Gandi"),
    ("other", "Autre (je connais le serveur)"),
)

_ANY_PRINTER = ("print.printer", ("windows", "network", "file"))
_OTHER_SERVER = ("mail.provider", ("other",))

PRINTER_ROWS = (
    Setting(
        "print.printer",
        "choice",
        "none",
        PRINTER_PAGE,
        "Comment elle est reliée",
        "Elle imprime le ticket Z.",
        choices=PRINTERS,
    ),
    Setting(
        "print.queue",
        "text",
        "",
        PRINTER_PAGE,
        "Imprimante de Windows",
        "Le nom qu'elle a dans Windows.",
        shown_if=("print.printer", ("windows",)),
    ),
    Setting(
        "print.address",
        "text",
        "",
        PRINTER_PAGE,
        "Adresse de l'imprimante",
        "Par exemple 192.168.1.50. L'imprimante l'écrit quand on la rallume en tenant sa touche "
        "d'avance papier.",
        shown_if=("print.printer", ("network",)),
    ),
    Setting(
        "print.file",
        "text",
        "",
        PRINTER_PAGE,
        "Fichier ou port",
        "Par exemple LPT1.",
        maximum=400,
        shown_if=("print.printer", ("file",)),
    ),
    Setting(
        "print.columns",
        "choice",
        "42",
        PRINTER_PAGE,
        "Largeur du papier",
        "Essayez 48 ; si les lignes sont coupées, prenez 42.",
        choices=(("42", "42 caractères par ligne"), ("48", "48 caractères par ligne")),
        shown_if=_ANY_PRINTER,
    ),
    Setting(
        "print.code_page",
        "choice",
        "cp858",
        PRINTER_PAGE,
        "Accents",
        "À changer si l'essai imprime mal é, à ou €.",
        choices=(
            ("cp858", "Usuels (page 858)"),
            ("cp1252", "Windows (page 1252)"),
            ("ascii", "Sans accents"),
        ),
        shown_if=_ANY_PRINTER,
    ),
    Setting(
        "print.copies",
        "choice",
        "1",
        PRINTER_PAGE,
        "Nombre d'exemplaires",
        "Le premier est l'original, les suivants portent DUPLICATA.",
        choices=(("1", "1"), ("2", "2"), ("3", "3")),
        shown_if=_ANY_PRINTER,
    ),
    Setting(
        "print.after_closure",
        "choice",
        "none",
        PRINTER_PAGE,
        "Imprimer le Z tout seul",
        choices=AFTER_CLOSURE,
        shown_if=_ANY_PRINTER,
    ),
)

MAIL_ROWS = (
    Setting(
        "mail.provider",
        "choice",
        "orange",
        MAIL_PAGE,
        "Fournisseur de votre adresse mail",
        choices=MAIL_PROVIDERS,
    ),
    Setting(
        "mail.host",
        "text",
        "",
        MAIL_PAGE,
        "Serveur d'envoi (SMTP)",
        "Par exemple smtp.exemple.fr.",
        shown_if=_OTHER_SERVER,
    ),
    Setting(
        "mail.port",
        "number",
        465,
        MAIL_PAGE,
        "Port",
        "465 avec SSL, 587 avec STARTTLS.",
        maximum=65_535,
        shown_if=_OTHER_SERVER,
    ),
    Setting(
        "mail.security",
        "choice",
        "ssl",
        MAIL_PAGE,
        "Chiffrement",
        choices=(("ssl", "SSL (port 465)"), ("starttls", "STARTTLS (port 587)")),
        shown_if=_OTHER_SERVER,
    ),
    Setting(
        "mail.most_mb",
        "number",
        10,
        MAIL_PAGE,
        "Taille d'un mail au plus, en Mo",
        maximum=100,
        shown_if=_OTHER_SERVER,
    ),
    Setting(
        "mail.user",
        "text",
        "",
        MAIL_PAGE,
        "Identifiant",
        "Le plus souvent l'adresse mail entière.",
        identity=True,
    ),
    Setting("mail.password", "text", "", MAIL_PAGE, "Mot de passe", secret=True),
    Setting(
        "mail.sender",
        "mail",
        "",
        MAIL_PAGE,
        "Adresse d'expédition",
        "Si elle n'est pas l'identifiant.",
        identity=True,
    ),
    Setting("mail.owner", "mail", "", MAIL_PAGE, "Mail du propriétaire", identity=True),
    Setting("mail.accountant", "mail", "", MAIL_PAGE, "Mail du comptable", identity=True),
    Setting(
        "mail.after_closure",
        "choice",
        "none",
        MAIL_PAGE,
        "Envoyer le Z en PDF tout seul",
        "Au propriétaire et au comptable, selon les adresses renseignées.",
        choices=AFTER_CLOSURE,
    ),
)
