"""Bounds on unknown cells from linear statements about them: two (integer) linear programmes per cell, by HiGHS."""

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

Cell = Hashable
Terms = Mapping[Cell, float]

#: Published figures are doubles: an equation holds up to this, relative to its size.
_CRUMB = 1e-7
#: More than any network holds; a bound up here is no bound. (HiGHS cannot tell "no bound" from "no solution".)
_CEILING = 1e5


@dataclass(frozen=True)
class Interval:
    """What a cell can be; infinite where nothing bounds it."""

    low: float
    high: float

    @property
    def width(self) -> float:
        return self.high - self.low


@dataclass(frozen=True)
class Statement:
    """The sum of the terms lies between two numbers; an equation where a figure was published."""

    terms: Terms
    low: float
    high: float
    is_equation: bool = False


@dataclass
class Knowledge:
    """Cells, and linear statements about them."""

    floors: dict[Cell, float] = field(default_factory=dict)
    whole: set[Cell] = field(default_factory=set)
    statements: list[Statement] = field(default_factory=list)
    _told: dict[Cell, list[int]] = field(default_factory=dict)

    def cell(self, cell: Cell, floor: float = 0.0, *, is_whole: bool = False) -> None:
        """Name a cell: the least it can be, and whether it is a whole number (persons, not VTE)."""
        self.floors[cell] = floor
        if is_whole:
            self.whole.add(cell)

    def equal(self, terms: Terms, value: float) -> None:
        """State that the sum of the terms is a published figure."""
        crumb = _CRUMB * max(1.0, abs(value))
        self._tell(Statement(dict(terms), value - crumb, value + crumb, is_equation=True))

    def between(self, terms: Terms, low: float = -math.inf, high: float = math.inf) -> None:
        """State that the sum of the terms lies between two numbers."""
        self._tell(Statement(dict(terms), low, high))

    def bounds(self, cell: Cell) -> Interval:
        """Return the least and the most that the cell can be. Raises ValueError where statements contradict."""
        cells, matrix, statements = self._about(cell)
        target = np.array([float(name == cell) for name in cells])
        ends = []
        for sign in (1.0, -1.0):
            found = milp(
                sign * target,
                integrality=np.array([int(name in self.whole) for name in cells]),
                bounds=Bounds(np.array([self.floors[name] for name in cells]), _CEILING),
                constraints=LinearConstraint(matrix, [s.low for s in statements], [s.high for s in statements]),
            )
            if not found.success:
                raise ValueError(f"{cell}: {found.message}")
            ends.append(sign * found.fun)
        least, most = ends[0], math.inf if ends[1] > _CEILING - 1 else ends[1]
        if cell in self.whole:
            least, most = round(least), most if math.isinf(most) else round(most)
        return Interval(least, most)

    def follows_by_subtraction(self, cell: Cell) -> bool:
        """Return whether the equations alone fix the cell, whatever the others are (also below zero)."""
        cells, matrix, statements = self._about(cell)
        equations = matrix[[statement.is_equation for statement in statements]]
        target = np.array([float(name == cell) for name in cells])
        rank = np.linalg.matrix_rank
        return bool(len(equations)) and bool(rank(np.vstack([equations, target])) == rank(equations))

    def _tell(self, statement: Statement) -> None:
        self.statements.append(statement)
        for name in statement.terms:
            self._told.setdefault(name, []).append(len(self.statements) - 1)

    def _about(self, cell: Cell) -> tuple[list[Cell], np.ndarray, list[Statement]]:
        """Return the cells that hang together with this one, and all that is stated about them."""
        reached: dict[Cell, None] = {cell: None}
        numbers: dict[int, None] = {}
        waiting = [cell]
        while waiting:
            for number in self._told.get(waiting.pop(), []):
                if number not in numbers:
                    numbers[number] = None
                    near = [name for name in self.statements[number].terms if name not in reached]
                    reached |= dict.fromkeys(near)
                    waiting += near
        place = {name: column for column, name in enumerate(reached)}
        statements = [self.statements[number] for number in numbers]
        matrix = np.zeros((len(statements), len(place)))
        for row, statement in enumerate(statements):
            for name, factor in statement.terms.items():
                matrix[row, place[name]] = factor
        return list(place), matrix, statements
