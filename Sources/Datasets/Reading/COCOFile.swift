/// What is in a COCO annotation file, put together once all of it has been read.
struct COCOFile {
  private struct Picture {
    let name: String
    let width: Double?
    let height: Double?
    let line: Int
  }

  private struct Entry {
    var line = 0
    var image: Int?
    var category: Int?
    var box: [Double]?
    var outline: AnnotatedObject.Outline?
    var area: Double?
    var isCrowd = false
  }

  private let path: String
  private var pictures: [Int: Picture] = [:]
  private var categories: [Int: String] = [:]
  private var entries: [Entry] = []
  private var problems: [DatasetProblem] = []

  init(path: String) { self.path = path }

  /// Reads the whole file.
  ///
  /// - Throws: `DatasetError.invalidAnnotation` with the line.
  mutating func read(_ bytes: [UInt8]) throws(DatasetError) {
    var reader = JSONReader(bytes, file: path)
    try reader.object { (key, reader) throws(DatasetError) in
      guard reader.next() == UInt8(ascii: "[") else { return try reader.skip() }
      switch key {
      case "images": try reader.array { (reader) throws(DatasetError) in try readPicture(&reader) }
      case "categories": try reader.array { (reader) throws(DatasetError) in try readCategory(&reader) }
      case "annotations": try reader.array { (reader) throws(DatasetError) in try readEntry(&reader) }
      default: try reader.skip()
      }
    }
    try reader.finish()
  }

  /// The samples, and what of the file cannot be used.
  ///
  /// - Throws: `DatasetError.noImages` if none of the pictures is in the folder.
  func contents(in folder: ImageFolder) throws(DatasetError) -> DatasetContents {
    var problems = problems
    let paths = located(in: folder, &problems)
    let ids = categories.keys.sorted()
    let classes = Dictionary(ids.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var objects: [Int: [AnnotatedObject]] = paths.mapValues { _ in [] }
    for entry in entries {
      do throws(Fault) {
        let (image, object) = try self.object(of: entry, classes)
        objects[image]?.append(object)
      } catch {
        problems.append(DatasetProblem(path: path, line: entry.line, reason: error.reason))
      }
    }
    guard !paths.isEmpty else {
      throw DatasetError(
        .noImages, "none of the pictures of \(path) is in the folder" + (problems.first.map { " (\($0))" } ?? ""),
        file: folder.root)
    }
    let samples = paths.map { Sample(path: $1, annotation: Annotation(objects: objects[$0] ?? [])) }
    let names = ids.map { ClassLabel(fullName: categories[$0] ?? "") }
    return DatasetContents(samples: samples, problems: problems, labels: Labels(classes: names))
  }

  /// The paths of the pictures that are there, by id.
  private func located(in folder: ImageFolder, _ problems: inout [DatasetProblem]) -> [Int: String] {
    let known = Set(folder.images)
    let byName = Dictionary(grouping: folder.images) { $0.split(separator: "/").last.map(String.init) ?? $0 }
    var (paths, taken): ([Int: String], Set<String>) = ([:], [])
    // The folder of the pictures is named like the part of the file's name: val2017 and instances_val2017.json.
    let fileName = path.split(separator: "/").last.map(String.init) ?? path
    for (id, picture) in pictures.sorted(by: { $0.key < $1.key }) {
      let candidates = known.contains(picture.name) ? [picture.name] : byName[picture.name] ?? []
      let preferred = candidates.first { $0.split(separator: "/").dropLast().contains { fileName.contains($0) } }
      guard let found = preferred ?? candidates.first else {
        let reason = "names “\(picture.name)”, which is not in the folder"
        problems.append(DatasetProblem(path: path, line: picture.line, reason: reason))
        continue
      }
      guard taken.insert(found).inserted else {
        problems.append(DatasetProblem(path: path, line: picture.line, reason: "names “\(picture.name)” again"))
        continue
      }
      paths[id] = found
    }
    return paths
  }

  private struct Fault: Error { let reason: String }

  private func object(
    of entry: Entry, _ classes: [Int: Int]
  ) throws(Fault) -> (image: Int, object: AnnotatedObject) {
    guard let image = entry.image, let picture = pictures[image] else {
      throw Fault(reason: "annotates the picture \(entry.image.map(String.init) ?? "of no id"), which is not listed")
    }
    guard let category = entry.category, let index = classes[category] else {
      throw Fault(reason: "has the category \(entry.category.map(String.init) ?? "of no id"), which is not listed")
    }
    guard let box = entry.box, box.count == 4 else { throw Fault(reason: "has no bbox of four numbers") }
    let edges = BoundingBox(left: box[0], top: box[1], right: box[0] + box[2], bottom: box[1] + box[3])
    if let fault = edges.fault(width: picture.width, height: picture.height) { throw Fault(reason: fault) }
    return (
      image,
      AnnotatedObject(
        classIndex: index, box: edges, outline: entry.outline, area: entry.area, isCrowd: entry.isCrowd)
    )
  }

  private mutating func readPicture(_ reader: inout JSONReader) throws(DatasetError) {
    let line = reader.line()
    var (id, name): (Int?, String?) = (nil, nil)
    var (width, height): (Double?, Double?) = (nil, nil)
    try reader.object { (key, reader) throws(DatasetError) in
      switch key {
      case "id": id = try reader.integerIfAny()
      case "file_name": name = try reader.stringIfAny()
      case "width": width = try reader.numberIfAny()
      case "height": height = try reader.numberIfAny()
      default: try reader.skip()
      }
    }
    guard let id, let name else {
      problems.append(DatasetProblem(path: path, line: line, reason: "has a picture without id or file_name"))
      return
    }
    if pictures[id] != nil {
      problems.append(DatasetProblem(path: path, line: line, reason: "has the picture \(id) again"))
      return
    }
    pictures[id] = Picture(name: name, width: width, height: height, line: line)
  }

  private mutating func readCategory(_ reader: inout JSONReader) throws(DatasetError) {
    let line = reader.line()
    var (id, name): (Int?, String?) = (nil, nil)
    try reader.object { (key, reader) throws(DatasetError) in
      switch key {
      case "id": id = try reader.integerIfAny()
      case "name": name = try reader.stringIfAny()
      default: try reader.skip()
      }
    }
    guard let id else {
      problems.append(DatasetProblem(path: path, line: line, reason: "has a category without id"))
      return
    }
    if name?.isEmpty ?? true {
      problems.append(DatasetProblem(path: path, line: line, reason: "has the category \(id) without a name"))
    }
    categories[id] = name.flatMap { $0.isEmpty ? nil : $0 } ?? "category \(id)"
  }

  private mutating func readEntry(_ reader: inout JSONReader) throws(DatasetError) {
    var entry = Entry(line: reader.line())
    try reader.object { (key, reader) throws(DatasetError) in
      switch key {
      case "image_id": entry.image = try reader.integerIfAny()
      case "category_id": entry.category = try reader.integerIfAny()
      case "bbox": entry.box = try reader.numbersIfAny()
      case "area": entry.area = try reader.numberIfAny()
      case "iscrowd": entry.isCrowd = try reader.numberIfAny() == 1
      case "segmentation": entry.outline = try Self.outline(&reader)
      default: try reader.skip()
      }
    }
    entries.append(entry)
  }

  /// Polygons, or runs of pixels; nil for anything else.
  private static func outline(_ reader: inout JSONReader) throws(DatasetError) -> AnnotatedObject.Outline? {
    if reader.next() == UInt8(ascii: "[") {
      var polygons: [[ImagePoint]] = []
      try reader.array { (reader) throws(DatasetError) in
        guard let numbers = try reader.numbersIfAny(), numbers.count >= 6, numbers.count.isMultiple(of: 2) else {
          return
        }
        polygons.append(
          stride(from: 0, to: numbers.count, by: 2).map { ImagePoint(x: numbers[$0], y: numbers[$0 + 1]) })
      }
      return polygons.isEmpty ? nil : .polygons(polygons)
    }
    guard reader.next() == UInt8(ascii: "{") else {
      try reader.skip()
      return nil
    }
    var (counts, size): ([Int]?, [Double]) = (nil, [])
    try reader.object { (key, reader) throws(DatasetError) in
      switch key {
      case "counts" where reader.next() == UInt8(ascii: "\""):
        counts = try reader.stringIfAny().flatMap(RunLengths.counts)
      case "counts":
        let numbers = try reader.numbersIfAny() ?? []
        let whole = numbers.compactMap { Int(exactly: $0) }
        counts = whole.count == numbers.count ? whole : nil
      case "size": size = try reader.numbersIfAny() ?? []
      default: try reader.skip()
      }
    }
    guard let counts, size.count == 2, let height = Int(exactly: size[0]), let width = Int(exactly: size[1]),
      height > 0, width > 0, let pixels = ImageSize(width: width, height: height).pixelCount,
      counts.allSatisfy({ (0...pixels).contains($0) })
    else { return nil }
    return .runs(counts, size: ImageSize(width: width, height: height))
  }
}
