/// Pascal VOC: boxes in XML files, and masks of classes as coloured pictures.
///
/// Everingham et al.: The Pascal Visual Object Classes Challenge, development kit. Class 0 is the background, in masks and
/// boxes alike.
public enum PascalVOCDataset: DatasetFormat {
  /// What users call the format.
  public static let name = "voc"
  /// The name as the field writes it.
  public static let title = "Pascal VOC"
  /// What such a folder looks like.
  public static let summary = "Annotations, ImageSets and JPEGImages, as in VOCdevkit/VOC2012"
  /// As the pictures are stored.
  public static let orientation = PictureOrientation.stored

  private static let imageSets = ["val", "test", "train", "trainval"]
  private static let classNames = [
    "background", "aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow", "diningtable",
    "dog", "horse", "motorbike", "person", "pottedplant", "sheep", "sofa", "train", "tvmonitor",
  ]

  /// Whether the three folders are there.
  public static func recognises(_ folder: ImageFolder) -> Bool { home(in: folder) != nil }

  /// The pictures of the first of the lists val, test, train, trainval.
  ///
  /// - Throws: `DatasetError.unsupportedFormat` without the folders or a list, `noImages` if no line can be used.
  public static func read(_ folder: ImageFolder) throws(DatasetError) -> DatasetContents {
    guard let home = home(in: folder), let list = imageSet(in: home, folder) else {
      throw DatasetError(
        .unsupportedFormat,
        "the folder has no JPEGImages, Annotations and ImageSets/Main/val.txt, as the format voc wants",
        remedy: "name the folder that has them, or leave format: out", file: folder.root)
    }
    let meta = try DatasetMeta(in: folder)
    var reader = Reader(folder: folder, home: home, names: Self.classNames)
    if let labels = meta?.labels { reader.names = labels.classes.map(\.fullName) }
    if let colors = meta?.colors, !colors.isEmpty { reader.colors = colors }
    for (index, line) in try folder.lines(of: list).enumerated() { reader.read(line, of: list, number: index + 1) }
    return try reader.contents(list)
  }

  /// The folder that holds the three folders, relative to the root.
  private static func home(in folder: ImageFolder) -> String? {
    let images = folder.parents(ofFolder: "JPEGImages")
    return images.intersection(folder.parents(ofFolder: "Annotations")).intersection(
      folder.parents(ofFolder: "ImageSets")
    ).min()
  }

  private static func imageSet(in home: String, _ folder: ImageFolder) -> String? {
    let documents = Set(folder.documents)
    for kind in ["Main", "Segmentation", "Layout"] {
      for set in imageSets {
        let path = home.joined("ImageSets/\(kind)/\(set).txt")
        if documents.contains(path) { return path }
      }
    }
    return nil
  }

  /// The colours of VOC's masks, as 0xRRGGBB: bits of the index, taken three at a time, from the highest bit down.
  static func colors(count: Int) -> [Int] {
    (0..<count).map { index in
      var (rest, color) = (index, 0)
      for bit in stride(from: 7, through: 0, by: -1) {
        color |= (rest & 1) << (bit + 16) | (rest >> 1 & 1) << (bit + 8) | (rest >> 2 & 1) << bit
        rest >>= 3
      }
      return color
    }
  }

  private struct Reader {
    let folder: ImageFolder
    let home: String
    var names: [String]
    var colors = PascalVOCDataset.colors(count: 256)
    private let images: [String: String]
    private let masks: [String: String]
    private let documents: Set<String>
    private var samples: [String: Sample] = [:]
    private var problems: [DatasetProblem] = []

    init(folder: ImageFolder, home: String, names: [String]) {
      self.folder = folder
      self.home = home
      self.names = names
      images = folder.imagesByStem(below: home.joined("JPEGImages"))
      masks = folder.imagesByStem(below: home.joined("SegmentationClass"))
      documents = Set(folder.documents)
    }

    mutating func read(_ line: String, of list: String, number: Int) {
      guard let word = line.split(whereSeparator: \.isWhitespace).first else { return }
      guard let image = images[String(word)] else {
        problems.append(
          DatasetProblem(path: list, line: number, reason: "names “\(word)”, which is not in JPEGImages"))
        return
      }
      if samples[image] != nil {
        problems.append(DatasetProblem(path: list, line: number, reason: "names “\(word)” again"))
        return
      }
      let mask = masks[String(word)].map { ClassMask(path: $0, encoding: .colors(colors)) }
      samples[image] = Sample(path: image, annotation: Annotation(objects: objects(of: String(word)), mask: mask))
    }

    func contents(_ list: String) throws(DatasetError) -> DatasetContents {
      guard !samples.isEmpty else {
        throw DatasetError(
          .noImages, "no line of \(list) names a picture in JPEGImages" + (problems.first.map { " (\($0))" } ?? ""),
          file: folder.root)
      }
      return DatasetContents(
        samples: Array(samples.values), problems: problems,
        labels: Labels(classes: names.map { ClassLabel(fullName: $0) }))
    }

    private mutating func objects(of name: String) -> [AnnotatedObject]? {
      let path = home.joined("Annotations/\(name).xml")
      guard documents.contains(path) else {
        if masks[name] == nil { problems.append(DatasetProblem(path: path, reason: "is not there")) }
        return nil
      }
      do throws(DatasetError) {
        let root = try XMLReader.read(try RegularFile.bytes(atPath: folder.root + "/" + path), file: path)
        let (width, height) = (root["size"]?["width"]?.number, root["size"]?["height"]?.number)
        return root.children.filter { $0.name == "object" }.compactMap { object(in: $0, of: path, width, height) }
      } catch {
        problems.append(DatasetProblem(path: path, error: error))
        return nil
      }
    }

    private mutating func object(
      in element: XMLElement, of path: String, _ width: Double?, _ height: Double?
    ) -> AnnotatedObject? {
      func problem(_ reason: String) -> DatasetProblem {
        DatasetProblem(path: path, line: element.line, reason: reason)
      }
      guard let name = element["name"]?.text, !name.isEmpty else {
        problems.append(problem("has an object without a name"))
        return nil
      }
      guard let box = element["bndbox"], let left = box["xmin"]?.number, let top = box["ymin"]?.number,
        let right = box["xmax"]?.number, let bottom = box["ymax"]?.number
      else {
        problems.append(problem("has an object “\(name)” without a box of four numbers"))
        return nil
      }
      let edges = BoundingBox(left: left, top: top, right: right, bottom: bottom)
      if let fault = edges.fault(width: width, height: height) {
        problems.append(problem("\(fault), of an object “\(name)”"))
        return nil
      }
      guard let index = names.firstIndex(of: name) else {
        problems.append(
          problem("has an object “\(name)”, which is no class of the dataset; dataset_meta.json can name others"))
        return nil
      }
      // Pixels are counted from 1 here, from 0 everywhere else.
      let counted = BoundingBox(left: left - 1, top: top - 1, right: right - 1, bottom: bottom - 1)
      return AnnotatedObject(classIndex: index, box: counted, isDifficult: element["difficult"]?.number == 1)
    }
  }
}
