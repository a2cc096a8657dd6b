/// What can be said of an example without reading its files.
public struct ExampleEntry: Sendable, Hashable {
  /// The name under which it is asked for, which is that of its folder.
  public let name: String
  /// The model in a few words.
  public let model: String
  /// Its pictures in a few words.
  public let pictures: String
}

/// Every example there is. A new one is one folder in `Resources` and one line here.
public enum ExampleCatalog {
  public static let all = [
    ExampleEntry(
      name: "classifier", model: "a small image classifier of twelve classes",
      pictures: "drawn scenes of twelve everyday things"),
    ExampleEntry(
      name: "detector", model: "a small detector of eight classes, with boxes and scores as SSD has them",
      pictures: "drawn scenes of several things, with boxes (Pascal VOC)"),
    ExampleEntry(
      name: "detector_yolo", model: "the same detector, with rows as YOLO has them",
      pictures: "the pictures of the example detector"),
    ExampleEntry(
      name: "segmenter", model: "a small network for semantic segmentation, of six classes and the background",
      pictures: "drawn scenes of several things, with masks"),
    ExampleEntry(
      name: "super_resolution", model: "a small network that doubles the size of pictures",
      pictures: "small drawn scenes, and large ones as they should become"),
  ]
}
