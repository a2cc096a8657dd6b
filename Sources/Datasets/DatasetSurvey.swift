/// What is found out about a dataset by reading all of its pictures.
public struct DatasetSurvey: Sendable, Hashable {
  /// The bytes of the pictures' files, those of masks and targets among them.
  public private(set) var byteCount = 0
  /// The size of the picture with the fewest pixels; nil where none can be read.
  public private(set) var smallest: ImageSize?
  /// The size of the picture with the most pixels; nil where none can be read.
  public private(set) var largest: ImageSize?
  /// The number of pixels of each class in all masks; empty without masks.
  public private(set) var maskPixelCounts: [Int: Int] = [:]
  /// Pictures and masks that cannot be read, and annotations that do not fit their picture.
  public private(set) var problems: [DatasetProblem] = []

  /// Reads all pictures, masks and targets of a dataset.
  ///
  /// - Parameter progress: is told how many samples are done.
  /// - Throws: `CancellationError` soon after `isCancelled` becomes true.
  public init(
    _ dataset: Dataset, isCancelled: () -> Bool = { false }, progress: (_ finished: Int) -> Void = { _ in }
  ) throws {
    for (index, sample) in dataset.samples.enumerated() {
      if isCancelled() { throw CancellationError() }
      progress(index)
      look(at: sample, of: dataset)
    }
  }

  private mutating func look(at sample: Sample, of dataset: Dataset) {
    // What is made of a picture when it is read takes no file, and is as sound as that picture.
    guard sample.alteration == nil, let image = load(sample.path, of: dataset) else { return }
    let size = image.size
    if (size.pixelCount ?? 0) < (smallest?.pixelCount ?? Int.max) { smallest = size }
    if (size.pixelCount ?? 0) > (largest?.pixelCount ?? 0) { largest = size }
    guard let annotation = sample.annotation else { return }
    let classes = dataset.labels?.count
    if let classes, let index = annotation.classIndices.first(where: { $0 >= classes }) {
      report(sample.path, "has the class index \(index), but there are names of \(classes) classes")
    }
    for object in annotation.objects ?? [] where !object.isBoxRelative {
      if let fault = object.box.fault(width: Double(size.width), height: Double(size.height)) {
        report(sample.path, fault)
      }
    }
    if let outside = annotation.landmarks?.first(where: { !size.contains($0) }) {
      report(sample.path, "has a landmark outside of the picture, at \(outside.x), \(outside.y)")
    }
    if let mask = annotation.mask { look(at: mask, of: sample, size, dataset) }
    if let path = annotation.targetPath, let target = load(path, of: dataset) {
      if target.size.width < size.width || target.size.height < size.height {
        report(path, "is smaller than \(sample.path), of which it should be made")
      }
    }
  }

  private mutating func look(at mask: ClassMask, of sample: Sample, _ size: ImageSize, _ dataset: Dataset) {
    guard let image = load(mask.path, of: dataset) else { return }
    guard image.size == size else {
      return report(mask.path, "has \(image.size) pixels, but \(sample.path) has \(size)")
    }
    do throws(DatasetError) {
      for index in try mask.classes(of: image) where index != ClassMask.ignored {
        maskPixelCounts[index, default: 0] += 1
      }
    } catch {
      problems.append(DatasetProblem(path: mask.path, error: error))
    }
  }

  private mutating func load(_ path: String, of dataset: Dataset) -> Image? {
    let file = dataset.root + "/" + path
    byteCount += RegularFile.byteCount(atPath: file)
    do throws(DatasetError) {
      return try Image(contentsOfFile: file, orientation: dataset.orientation)
    } catch {
      problems.append(DatasetProblem(path: path, error: error))
      return nil
    }
  }

  private mutating func report(_ path: String, _ reason: String) {
    problems.append(DatasetProblem(path: path, reason: reason))
  }
}

extension ImageSize {
  /// Whether a point is in a picture of this size, its edges included.
  fileprivate func contains(_ point: ImagePoint) -> Bool {
    (0...Double(width)).contains(point.x) && (0...Double(height)).contains(point.y)
  }
}
