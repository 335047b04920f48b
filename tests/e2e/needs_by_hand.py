"""The needs ranking of 2025-2026, computed by hand from the handwritten deliveries.

Anchors and weights are those of warehouse/settings.toml, version 2026.3; the method is plan PBD 5.6.1.
"""

from tests.e2e.deliveries import (
    ACACIA,
    BERK,
    CEDER,
    DEN,
    ESDOORN,
    FIJNSPAR,
    GINKGO,
    IEP,
    KASTANJE,
    LINDE,
    MOERBEI,
)

# Doorlichting, by the settings: 2B 1.00; 2A 0.90; negative ruling 0.75 (more than the 0.45 of the 1B beside it); 1B
# 0.45; 1A 0.30 x share under expectation, "beneden" double: Berk (0 x 2 + 1) / 4 = 0.25 -> 0.075 (the two "beneden"
# of the replaced report do not count); Esdoorn (1 x 2 + 2) / 8 = 0.5 -> 0.15; Linde no inschalingen -> 0.
#
# Leerresultaten. The share under the minimum goals, anchors 0.10 and 0.80, weight 3; points under Vlaanderen,
# anchors -20 and 80, weight 2. Only rows `totaal` count.
#   BaO, shares: Acacia 1 - 0.35 = 0.65, Berk 1 - 0.65 = 0.35, n = 96 both. Variance with two hits and two misses
#   added: (0.356 x 0.644) / 100 = 0.00229264 both. Two units at distance d with equal variance v shrink to their
#   mean +- B d/2 with B = 1 - v / (d^2 / 2): d = 0.30, d^2/2 = 0.045, B = 0.94905244; 0.5 +- 0.14235787.
#     Acacia 0.64235787 -> (0.64235787 - 0.10) / 0.70 = 0.77479695; Berk 0.35764213 -> 0.36806019.
#   BaO, points: Acacia 500 - 450 = 50, Berk 500 - 510 = -10, standaardfout 10: d = 60, B = 1 - 100 / 1800 = 17/18;
#   20 +- 28.33333333: Acacia 48.33333333 -> 0.68333333; Berk -8.33333333 -> 0.11666667.
#     Acacia (3 x 0.77479695 + 2 x 0.68333333) / 5 = 0.73821150
#     Berk (3 x 0.36806019 + 2 x 0.11666667) / 5 = 0.26750278
#   SO: Ceder alone keeps its value: share 0.27 -> 0.24285714; 20 points -> 0.40; (0.72857143 + 0.8) / 5 = 0.30571429.
#   Den's results are hidden (<5), Esdoorn's Koala too: no score.
#
# Doorstroom. Acacia: OKI = (90.5 + 80 + 60.5 + 49) / 200 = 1.4 -> (1.4 - 0.3) / 2.2 = 0.5.
#   Iep: zittenblijvers 18 / 400 = 0.045 now; a year before, with Hazelaar, (9 + 6) / (100 + 300) = 0.0375; weights
#   3 : 2 -> (0.135 + 0.075) / 5 = 0.042 -> 0.042 / 0.12 = 0.35.
#   Den: zittenblijvers 0.06 -> 0.5; B and C (12 + 8) / 100 = 0.20 -> 0.15 / 0.35 = 0.42857143; early leavers hidden;
#   equal weights -> 0.46428571.
#
# Leerrecht. Ceder, 200 pupils: problematisch 30: 12 -> 0.06 / 0.15 = 0.4 (weight 2); 10: 31 -> 0.155 ->
#   0.145 / 0.29 = 0.5; exclusions 8 + 2 -> 0.05 / 0.15 = 0.33333333: (0.8 + 0.5 + 0.33333333) / 4 = 0.40833333.
#   Esdoorn: 30: zero pupils -> 0, a fact; 10 hidden; exclusions 0 -> 0.
CRITERIA = {
    ACACIA: (0.90, 0.73821150, 0.5, None),
    BERK: (0.075, 0.26750278, None, None),
    CEDER: (0.75, 0.30571429, None, 0.40833333),
    DEN: (0.45, None, 0.46428571, None),
    ESDOORN: (0.15, None, None, 0.0),
    FIJNSPAR: (None, None, None, None),
    GINKGO: (1.0, None, None, None),
    IEP: (0.75, None, 0.35, None),
    KASTANJE: (0.45, None, None, None),
    LINDE: (0.0, None, None, None),
    MOERBEI: (None, None, None, None),
}

# Weights 25/48, 13/48, 7/48, 3/48. What is missing counts as the mean of the like-group:
#   BaO: doorlichting (0.9 + 0.075 + 0.15 + 0.75) / 4 = 0.46875; leerresultaten (0.73821150 + 0.26750278) / 2 =
#   0.50285714; doorstroom (0.5 + 0.35) / 2 = 0.425; leerrecht 0.   SO: 0.30571429; 0.46428571; 0.40833333.
# A niveau that has nothing at all of a criterion takes the fixed value of the settings (CLB and DKO): doorlichting 0.2,
#   leerresultaten 0.3, doorstroom 0.3, leerrecht 0.1; so 3.9 + 2.1 + 0.3 for the last three.
SCORES = {
    ACACIA: (22.5 + 9.59674950 + 3.5 + 0) / 48,
    BERK: (1.875 + 3.47753614 + 2.975 + 0) / 48,
    CEDER: (18.75 + 3.97428571 + 3.25 + 1.225) / 48,
    DEN: (11.25 + 3.97428571 + 3.25 + 1.225) / 48,
    ESDOORN: (3.75 + 6.53714282 + 2.975 + 0) / 48,
    FIJNSPAR: (11.71875 + 6.53714282 + 2.975 + 0) / 48,
    GINKGO: (25 + 3.97428571 + 3.25 + 1.225) / 48,
    IEP: (18.75 + 6.53714282 + 2.45 + 0) / 48,
    KASTANJE: (11.25 + 3.9 + 2.1 + 0.3) / 48,
    LINDE: (0 + 3.9 + 2.1 + 0.3) / 48,
    MOERBEI: (5 + 3.9 + 2.1 + 0.3) / 48,
}

# The share of the weight that rests on own data.
VOLLEDIGHEID = {
    ACACIA: 45 / 48,
    BERK: 38 / 48,
    CEDER: 41 / 48,
    DEN: 32 / 48,
    ESDOORN: 28 / 48,
    FIJNSPAR: 0.0,
    GINKGO: 25 / 48,
    IEP: 32 / 48,
    KASTANJE: 25 / 48,
    LINDE: 25 / 48,
    MOERBEI: 0.0,
}
