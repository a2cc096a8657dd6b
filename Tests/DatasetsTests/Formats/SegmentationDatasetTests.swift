import Datasets
import Testing

@Suite struct SegmentationDatasetTests {
  private let meta = """
    {"label_map": {"0": "background", "1": "road", "3": "car"}, "background_label": "0",
     "segmentation_colors": [[0, 0, 0], [255, 0, 10]]}
    """

  @Test func `Pictures have the masks of their names`() throws {
    let folder = try TemporaryFolder()
    try folder.addPicture(
      as: "Images/a.png", "Images/sub/b.png", "Images/c.png", "Masks/a.png", "Masks/sub/b.png", "Masks/d.png")
    try folder.write(meta, to: "dataset_meta.json")
    let dataset = try Dataset(openingFolder: folder.path)
    #expect(dataset.format == "common_semantic_segmentation" && dataset.tasks.first == .semanticSegmentation)
    #expect(dataset.samples.map(\.path) == ["Images/a.png", "Images/sub/b.png"])
    #expect(
      dataset.samples.map { $0.annotation?.mask?.path } == ["Masks/a.png", "Masks/sub/b.png"])
    #expect(dataset.labels?.classes.map(\.name) == ["background", "road", "class 2", "car"])
    #expect(
      dataset.problems.map(\.description) == [
        "Images/c.png: has no mask in Masks and is left out", "Masks/d.png: belongs to no picture in Images",
      ])
    let mask = try #require(dataset.samples[0].annotation?.mask)
    let image = try Image(size: ImageSize(width: 3, height: 1), pixels: [255, 0, 10, 0, 0, 0, 9, 9, 9])
    #expect(try mask.classes(of: image) == [1, 0, ClassMask.ignored])
  }

  @Test func `Without colours masks are grey class indices`() throws {
    let folder = try TemporaryFolder()
    try folder.addPicture(as: "images/a.png", "masks/a.png")
    try folder.write(#"{"label_map": {"sky": 0, "sea": 1}}"#, to: "dataset_meta.json")
    let dataset = try Dataset(openingFolder: folder.path)
    #expect(dataset.labels?.classes.map(\.name) == ["sky", "sea"])
    let mask = try #require(dataset.samples[0].annotation?.mask)
    #expect(
      try mask.classes(of: Image(size: ImageSize(width: 2, height: 1), pixels: [7, 7, 7, 255, 255, 255])) == [7, 255])
    #expect(throws: DatasetError.self) { try mask.classes(of: Image(size: ImageSize(1), pixels: [1, 2, 3])) }
  }

  @Test func `A survey finds masks of another size and other faults, and counts pixels`() throws {
    let folder = try TemporaryFolder()
    try folder.addPicture(as: "Images/a.png", "Images/b.png", "Images/c.png")
    let picture = try Image(contentsOfFile: folder.path + "/Images/a.png")
    try folder.addPicture("orientation-1.jpg", as: "Masks/a.jpg")
    try folder.addPicture(as: "Masks/b.png")
    try folder.write("no picture", to: "Masks/c.png")
    try folder.write(#"{"segmentation_colors": [[0, 0, 0]]}"#, to: "dataset_meta.json")
    let survey = try DatasetSurvey(try Dataset(openingFolder: folder.path))
    #expect(survey.smallest == picture.size && survey.largest == picture.size && survey.byteCount > 0)
    #expect(survey.problems.map(\.path) == ["Masks/a.jpg", "Masks/c.png"])
    #expect(survey.problems.first?.reason.contains("pixels, but Images/a.png has") == true)
    let black = stride(from: 0, to: picture.pixels.count, by: 3).count {
      picture.pixels[$0..<$0 + 3].allSatisfy { $0 == 0 }
    }
    #expect(survey.maskPixelCounts[0] ?? 0 == black)
  }
}
