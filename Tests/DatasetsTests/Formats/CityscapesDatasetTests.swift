import Datasets
import Testing

@Suite struct CityscapesDatasetTests {
  @Test func `Pictures of the validation part have masks of nineteen classes`() throws {
    let folder = try TemporaryFolder()
    let scenes = ["val/bonn/bonn_000001_000019", "val/ulm/ulm_000002_000019", "train/aachen/aachen_000000_000019"]
    for scene in scenes {
      try folder.addPicture(as: "imgsFine/leftImg8bit/\(scene)_leftImg8bit.png", "gtFine/\(scene)_gtFine_labelIds.png")
    }
    try folder.addPicture(
      as: "gtFine/val/bonn/bonn_000001_000019_gtFine_color.png",
      "gtFine/val/bonn/bonn_000001_000019_gtFine_labelTrainIds.png",
      "gtFine/val/ulm/ulm_000009_000019_gtFine_labelTrainIds.png")
    let dataset = try Dataset(openingFolder: folder.path)
    #expect(dataset.format == "cityscapes" && dataset.labels?.count == 19 && dataset.labels?[13] == "car")
    #expect(
      dataset.samples.map(\.fileName) == ["bonn_000001_000019_leftImg8bit.png", "ulm_000002_000019_leftImg8bit.png"])
    #expect(
      dataset.problems.map(\.description) == [
        "gtFine/val/ulm/ulm_000009_000019_gtFine_labelTrainIds.png: belongs to no picture in leftImg8bit"
      ])
    let mask = try #require(dataset.samples[0].annotation?.mask)
    #expect(mask.path == "gtFine/val/bonn/bonn_000001_000019_gtFine_labelIds.png")
    // Road, car, bicycle, licence plate, unlabelled.
    let pixels: [UInt8] = [7, 26, 33, 255, 0].flatMap { [$0, $0, $0] }
    #expect(try mask.classes(of: Image(size: ImageSize(width: 5, height: 1), pixels: pixels)) == [0, 13, 18, -1, -1])
  }
}
