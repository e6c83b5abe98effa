"""Small exports of five tills, made up: their columns and oddities, our own names and figures.

`write_samples(folder, till)` writes a till's files, those of the sales first. The totals expected
of them are in `EXPECTED`, worked out by hand below each sample.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

SUMUP = """\
Date,Type,Réf. transaction,Moyen de paiement,Quantité,Unité,Description,Catégorie,SKU,Devise,\
Prix avant réduction,Réduction,Prix (TTC),Prix (HT),TVA,Taux de TVA,Compte
3 mars 2026 09:05,Vente,TMADAKX,Espèces,"1,25",kg,Pommes,Fruits,,EUR,"5,00","0,00","5,00","4,74",\
"0,26","5,5 %",Zoé
3 mars 2026 09:12,Vente,TMADBPW,Visa - Débit,2,pce,Pot de miel,Épicerie,M1,EUR,"14,00","1,00",\
"13,00","12,32","0,68","5,5 %",Zoé
3 mars 2026 09:12,Vente,TMADBPW,Visa - Débit,1,pce,Panier,Divers,,EUR,"9,60","0,00","9,60","8,00",\
"1,60",20 %,Zoé
3 mars 2026 09:40,Vente,"TMADCQX, TMADDRY","Espèces, Visa - Débit",1,pce,Panier,Divers,,EUR,"9,60",\
"0,00","9,60","8,00","1,60",20 %,Zoé
"""
# 5,00 + 13,00 + 9,60 + 9,60 = 37,20; cash 5,00, card 22,60, shared 9,60; TVA 0,26 + 0,68 + 3,20.

SUMUP_16 = """\
Date,Type,Réf. transaction,Moyen de paiement,Quantité,Description,Catégorie,SKU,Devise,\
Prix avant réduction,Réduction,Prix (TTC),Prix (HT),TVA,Taux de TVA,Compte
4 mars 2026 10:00,Vente,TMADESZ,Mastercard - Crédit,1,Pain,Fruits,,EUR,"1,5",0,"1,5","1,5",0,,Zoé
10 sept. 2026 11:00,Vente,TMADFTA,Visa - Débit,1,Cidre,,,EUR,3.6,0,3.6,3,0.6,20,Zoé
10 sept. 2026 11:05,Remboursement,TMADGUB,Visa - Débit,1,Cidre,,,EUR,3.6,0,3.6,3,0.6,20,Zoé
"""
# 1,50 + 3,60 - 3,60 = 1,50, all by card; TVA 0 + 0,60 - 0,60.

SQUARE_ITEMS = """\
Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,\
Net Sales,Tax,Transaction ID,Payment ID,Device Name,Notes,Details,Event Type,Location,\
Dining Option,Customer ID,Customer Name,Customer Reference ID,Unit,Count,\
Itemization Type,Commission,Employee
2026-03-03,09:10:00,Paris,Salon,Coupe,1.0,Regular,,,"$30.00","$0.00","$30.00","$6.00",SALE1,PAYA,\
Tablette,,,Payment,Main,,,,,,1,Service,"$0.00",Lou
2026-03-03,09:40:00,Paris,Rayon,Savon,2.0,Regular,S1,,"$20.00","-$2.00","$18.00","$3.60",\
SALE2,PAYB,Tablette,,,Payment,Main,,,,,,1,Physical Good,"$0.00",Lou
2026-03-03,15:00:00,Paris,Rayon,Savon,2.0,Regular,S1,,"-$20.00","$2.00","-$18.00","-$3.60",SALE2,\
PAYR,Tablette,,,Refund,Main,,,,,,1,Physical Good,"$0.00",Lou
"""
SQUARE_TRANSACTIONS = """\
Date,Time,Time Zone,Gross Sales,Discounts,Service Charges,Net Sales,Gift Card Sales,Tax,Tip,\
Total Collected,Source,Card,Card Entry Methods,Cash,Square Gift Card,Other Tender,Fees,Net Total,\
Transaction ID,Payment ID,Staff Name,Description,Event Type,Transaction Status,Cash App
03/03/2026,9:10:00 AM,Paris,$30.00,$0.00,$0.00,$30.00,$0.00,$6.00,$4.00,$40.00,\
Point of Sale,$40.00,Tapped,$0.00,$0.00,$0.00,-$0.70,$39.30,SALE1,PAYA,Lou,Coupe,Payment,Complete,
03/03/2026,9:40:00 AM,Paris,$20.00,-$2.00,$0.00,$18.00,$0.00,$3.60,$0.00,$21.60,\
Point of Sale,$10.00,Tapped,$11.60,$0.00,$0.00,-$0.18,$21.42,SALE2,PAYB,Lou,Savon,Payment,Complete,
03/03/2026,3:00:00 PM,Paris,-$20.00,$2.00,$0.00,-$18.00,$0.00,-$3.60,$0.00,-$21.60,Point of Sale,\
-$21.60,Tapped,$0.00,$0.00,$0.00,$0.00,-$21.60,SALE2,PAYR,Lou,Savon,Refund,Complete,
03/03/2026,4:30:00 PM,Paris,$10.00,$0.00,$0.00,$10.00,$25.00,$2.00,$0.00,$37.00,\
Point of Sale,$0.00,,$37.00,$0.00,$0.00,$0.00,$37.00,SALE3,PAYC,Lou,Peigne,Payment,Complete,
03/03/2026,4:40:00 PM,Paris,$99.00,$0.00,$0.00,$99.00,$0.00,$19.80,$0.00,$118.80,\
Point of Sale,$0.00,,$118.80,$0.00,$0.00,$0.00,$0.00,SALE4,PAYX,Lou,Peigne,Payment,Canceled,
"""
# Tax on top: 36,00 + 21,60 - 21,60 + 12,00 (known by its payment) = 48,00; tip 4,00, gift card
# 25,00; card 40,00 + 10,00 - 21,60 = 28,40, cash 11,60 + 37,00 = 48,60: 77,00 in all.

LOYVERSE_ITEMS = """\
Date,Receipt number,Receipt type,Category,SKU,Item,Variant,Modifiers applied,Quantity,Gross sales,\
Discounts,Net sales,Cost of goods,Gross profit,Taxes,Dining option,POS,Store,Cashier name,\
Customer name,Customer contacts,Comment,Status
13/03/2026 10:20,1-0101,Sale,Boissons,10,Infusion,,,2.000,9.00,0.50,8.50,3.00,5.50,0.44,Sur place,\
POS 1,Le Comptoir,Ana,,,,Closed
13/03/2026 10:20,1-0101,Sale,Maison,11,Bougie,,,1.000,12.00,0.00,12.00,5.00,7.00,2.00,Sur place,\
POS 1,Le Comptoir,Ana,,,,Closed
13/03/2026 11:00,1-0102,Refund,Maison,11,Bougie,,,1.000,12.00,0.00,-12.00,-5.00,-7.00,-2.00,\
Sur place,POS 1,Le Comptoir,Ana,,,,Closed
13/03/2026 11:30,1-0103,Sale,Maison,11,Bougie,,,1.000,12.00,0.00,12.00,5.00,7.00,2.00,Sur place,\
POS 1,Le Comptoir,Ana,,,,Cancelled
"""
LOYVERSE_RECEIPTS = """\
Date,Receipt number,Receipt type,Gross sales,Discounts,Net sales,Taxes,Total collected,\
Cost of goods,Gross profit,Payment type,Description,Dining option,POS,Store,Cashier name,\
Customer name,Customer contacts,Status
13/03/2026 12:00,1-0104,Sale,7.00,0.00,7.00,1.17,7.00,2.00,5.00,Card,1 x Savon,Sur place,POS 1,\
Le Comptoir,Ana,,,Closed
13/03/2026 11:30,1-0103,Sale,12.00,0.00,12.00,2.00,12.00,5.00,7.00,Cash,1 x Bougie,Sur place,POS 1,\
Le Comptoir,Ana,,,Cancelled
13/03/2026 11:00,1-0102,Refund,12.00,0.00,-12.00,-2.00,-12.00,-5.00,-7.00,Card,1 x Bougie,\
Sur place,POS 1,Le Comptoir,Ana,,,Closed
13/03/2026 10:20,1-0101,Sale,21.00,0.50,20.50,2.44,20.50,8.00,12.50,Cash,\
"2 x Infusion, 1 x Bougie",Sur place,POS 1,Le Comptoir,Ana,,,Closed
"""
# 20,50 - 12,00 + 7,00 (known by its payment) = 15,50; cash 20,50, card -12,00 + 7,00 = -5,00.

LOGICS = "\r\r\n".join(
    [
        "Rayon;Date;Num_Ticket;ID Article;Article;Quantite;Prix U. TTC;Total HT;Total TTC;"
        "Montant TVA;Taux TVA",
        "JOUETS;05/03/2026 10:01:10;801;7;PUZZLE;1;4.5;3.75;4.5;0.75;20",
        "JOUETS;05/03/2026 10:01:30;801;8;BALLE;3;0.5;1.25;1.5;0.25;20",
        "LIVRES;05/03/2026 10:09:00;802;9;BD 0,50;1;2.5;2.369668;2.5;0.130332;5.5",
        "JOUETS;05/03/2026 10:15:00;803;8;BALLE;-1;0.5;-0.416667;-0.5;-0.083333;20",
        "",
        "",
    ]
)
# 4,50 + 1,50 + 2,50 - 0,50 = 8,00; TVA 0,75 + 0,25 + 0,13 - 0,08 = 1,05.

ZETTLE_HEADER = (
    *("Dato", "Tid", "Kvitteringsnummer", "Moms (25.0%)", "Total", "Afgift", "Netto"),
    *("Betalingsmetode", "Hændelsestype", "Kortudsteder", "Sidste cifre", "Personale"),
    *("Beskrivelse", "Solgt via"),
)
ZETTLE_ROWS = (
    (datetime(2026, 3, 6, 10, 2, 3), 701, 5, 25, "Contactless", "Køb", "2 x Gipsfigur"),
    (datetime(2026, 3, 6, 10, 30), 702, 10, 50, "Kontant", "Køb", "1 x Vase"),
    (datetime(2026, 3, 6, 11, 0, 9), 703, -5, -25, "Contactless", "Refundering", "2 x Gipsfigur"),
    (datetime(2026, 3, 7, 0, 20), 704, 0.02, 0.1, "MobilePay", "Køb", "1 x Pose"),
)
# 25,00 + 50,00 - 25,00 + 0,10 = 50,10; card 0, cash 50,00, MobilePay 0,10; tax 10,02.


def write_book(
    path: Path,
    header: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    titles: Sequence[str] = (),
    note: str = "",
) -> Path:
    """A workbook as tills write them: titles in merged cells, a header, rows, a merged note."""
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Sheet0")
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        for place, title in enumerate(titles):
            sheet.merge_range(2 * place, 0, 2 * place, 6, title)
        top = 2 * len(titles)
        sheet.write_row(top, 0, header)
        for place, cells in enumerate(rows, top + 1):
            for column, cell in enumerate(cells):
                if isinstance(cell, datetime):
                    sheet.write_datetime(place, column, cell, day)
                else:
                    sheet.write(place, column, cell)
        if note:
            sheet.merge_range(top + len(rows) + 3, 0, top + len(rows) + 3, 9, note)
    return path


def zettle(path: Path) -> Path:
    """The made-up report of a Danish kiosk: moments twice, in numbers, and a note at the foot."""
    rows = [
        (at, at, number, tax, total, 0, total, method, kind, "", "", "Ida", label, "POS")
        for at, number, tax, total, method, kind, label in ZETTLE_ROWS
    ]
    titles = ("Transaktionsrapport", "Periode: 06.03.2026 - 07.03.2026")
    return write_book(path, ZETTLE_HEADER, rows, titles=titles, note="Der er ikke moms på gebyrer.")


def _texts(**files: str) -> Callable[[Path], list[Path]]:
    def write(folder: Path) -> list[Path]:
        paths = []
        for name, text in files.items():
            path = folder / f"{name}.csv"
            path.write_bytes(text.encode())
            paths.append(path)
        return paths

    return write


_WRITERS: dict[str, Callable[[Path], list[Path]]] = {
    "sumup-fr": _texts(ventes=SUMUP, ventes_16=SUMUP_16),
    "square": _texts(items=SQUARE_ITEMS, transactions=SQUARE_TRANSACTIONS),
    "loyverse": _texts(receipts_by_item=LOYVERSE_ITEMS, receipts=LOYVERSE_RECEIPTS),
    "logics": _texts(ventes=LOGICS),
    "zettle": lambda folder: [zettle(folder / "zettle.xlsx")],
}
TILLS = tuple(_WRITERS)


def write_samples(folder: Path, till: str) -> list[Path]:
    """Write the made-up files of a till."""
    folder.mkdir(parents=True, exist_ok=True)
    return _WRITERS[till](folder)
