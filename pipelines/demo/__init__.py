"""Makes demo deliveries: invented data as real-format files, warts included, to be loaded like real ones."""

from pipelines.demo.generate import write_demo
from pipelines.demo.manifest import DemoFile, DemoManifest, PlantedRow, Reason

__all__ = ["DemoFile", "DemoManifest", "PlantedRow", "Reason", "write_demo"]
