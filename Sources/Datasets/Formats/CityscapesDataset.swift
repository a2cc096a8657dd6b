/// Cityscapes: streets, with masks of labels of which nineteen classes count.
///
/// Cordts et al.: The Cityscapes Dataset for Semantic Urban Scene Understanding; the classes are the scripts' train ids.
public enum CityscapesDataset: DatasetFormat {
  /// What users call the format.
  public static let name = "cityscapes"
  /// The name as the field writes it.
  public static let title = "Cityscapes"
  /// What such a folder looks like.
  public static let summary = "gtFine/val with masks, and leftImg8bit with pictures"
  /// As the pictures are stored.
  public static let orientation = PictureOrientation.stored

  private static let parts = ["val", "test", "train"]
  private static let imageSuffix = "_leftImg8bit"
  private static let maskSuffixes = ["_gtFine_labelIds", "_gtFine_labelTrainIds"]
  /// The classes with the label that stands for each in masks of labelIds.
  private static let classes = [
    ("road", 7), ("sidewalk", 8), ("building", 11), ("wall", 12), ("fence", 13), ("pole", 17), ("traffic light", 19),
    ("traffic sign", 20), ("vegetation", 21), ("terrain", 22), ("sky", 23), ("person", 24), ("rider", 25), ("car", 26),
    ("truck", 27), ("bus", 28), ("train", 31), ("motorcycle", 32), ("bicycle", 33),
  ]

  /// Whether both folders are there.
  public static func recognises(_ folder: ImageFolder) -> Bool {
    !folder.parents(ofFolder: "gtFine").isEmpty && !folder.parents(ofFolder: "leftImg8bit").isEmpty
  }

  /// The pictures of the first of the parts val, test, train that have masks.
  ///
  /// - Throws: `DatasetError.unsupportedFormat` without the folders, `noImages` if no picture has a mask.
  public static func read(_ folder: ImageFolder) throws(DatasetError) -> DatasetContents {
    guard recognises(folder) else {
      throw DatasetError(
        .unsupportedFormat, "the folder has no gtFine and leftImg8bit, as the format cityscapes wants",
        remedy: "name the folder that has them, or leave format: out", file: folder.root)
    }
    let images = scenes(folder.images, in: "leftImg8bit", suffixes: [imageSuffix])
    let masks = scenes(folder.images, in: "gtFine", suffixes: maskSuffixes)
    guard let part = parts.first(where: { part in masks.keys.contains { $0.hasPrefix(part + "/") } }) else {
      throw DatasetError(.noImages, "gtFine has no mask in val, test or train", file: folder.root)
    }
    var samples: [Sample] = []
    var problems: [DatasetProblem] = []
    for (scene, mask) in masks.sorted(by: { $0.key < $1.key }) where scene.hasPrefix(part + "/") {
      guard let image = images[scene] else {
        problems.append(DatasetProblem(path: mask, reason: "belongs to no picture in leftImg8bit"))
        continue
      }
      samples.append(
        Sample(path: image, annotation: Annotation(mask: ClassMask(path: mask, encoding: encoding(of: mask)))))
    }
    for (scene, image) in images.sorted(by: { $0.key < $1.key })
    where scene.hasPrefix(part + "/") && masks[scene] == nil {
      problems.append(DatasetProblem(path: image, reason: "has no mask in gtFine and is left out"))
    }
    guard !samples.isEmpty else {
      throw DatasetError(.noImages, "no mask in gtFine/\(part) belongs to a picture in leftImg8bit", file: folder.root)
    }
    let labels = Labels(classes: classes.map { ClassLabel(fullName: $0.0) })
    return DatasetContents(samples: samples, problems: problems, labels: labels)
  }

  /// Pictures by part, city and scene, such as `val/bonn/bonn_000001_000019`; masks of labelIds before others.
  private static func scenes(_ paths: [String], in top: String, suffixes: [String]) -> [String: String] {
    var scenes: [String: (rank: Int, path: String)] = [:]
    for path in paths {
      let folders = path.split(separator: "/")
      guard let start = folders.firstIndex(where: { $0 == top }), folders.count > start + 3 else { continue }
      let scene = folders[(start + 1)...].joined(separator: "/").stem
      guard let rank = suffixes.firstIndex(where: scene.hasSuffix) else { continue }
      let name = String(scene.dropLast(suffixes[rank].count))
      if scenes[name].map({ $0.rank > rank }) ?? true { scenes[name] = (rank, path) }
    }
    return scenes.mapValues(\.path)
  }

  private static func encoding(of mask: String) -> ClassMask.Encoding {
    var table = [Int](repeating: ClassMask.ignored, count: 256)
    let isTrainIDs = mask.stem.hasSuffix(maskSuffixes[1])
    for (index, entry) in classes.enumerated() { table[isTrainIDs ? index : entry.1] = index }
    return .lookup(table)
  }
}
