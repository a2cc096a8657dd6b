extension Annotation {
  /// What is true of a picture of some size after an alteration.
  ///
  /// - Parameter boxesHoldPixels: whether the edges of boxes are their first and last pixels, as in Pascal VOC, rather than
  ///   lines between pixels.
  func after(_ alteration: PictureAlteration, of size: ImageSize, boxesHoldPixels: Bool) -> Annotation {
    var result = self
    result.targetAlteration = alteration.ofTarget
    guard case .flipped(let flip) = alteration else { return result }
    result.mask?.flip = flip
    result.objects = objects?.map { $0.mirrored(flip, size, boxesHoldPixels) }
    result.landmarks = landmarks.map { points in
      var points = points.map { $0.mirrored(flip, size) }
      // The eyes and the corners of the mouth are told apart by the side that they are on.
      if flip == .horizontal, points.count == 5 {
        points.swapAt(0, 1)
        points.swapAt(3, 4)
      }
      return points
    }
    return result
  }

  /// Whether the size of the picture must be known to mirror it.
  var hasPlacesInPixels: Bool {
    landmarks != nil || (objects ?? []).contains { !$0.isBoxRelative || $0.outline != nil }
  }
}

extension AnnotatedObject {
  fileprivate func mirrored(_ flip: PictureFlip, _ size: ImageSize, _ boxesHoldPixels: Bool) -> AnnotatedObject {
    var object = self
    let extent = isBoxRelative ? ImageSize(1) : size
    object.box = box.mirrored(flip, extent, holdsPixels: !isBoxRelative && boxesHoldPixels)
    switch outline {
    case .polygons(let polygons): object.outline = .polygons(polygons.map { $0.map { $0.mirrored(flip, size) } })
    case .runs(let runs, let runSize): object.outline = .runs(Self.mirrored(runs, runSize, flip), size: runSize)
    case nil: break
    }
    return object
  }

  /// Runs down the columns of a mirrored picture; as they are where they do not fill it.
  private static func mirrored(_ runs: [Int], _ size: ImageSize, _ flip: PictureFlip) -> [Int] {
    guard let count = size.pixelCount, count <= Image.maximumPixelCount, runs.allSatisfy({ (0...count).contains($0) }),
      runs.reduce(0, +) == count
    else { return runs }
    var inside: [Bool] = []
    inside.reserveCapacity(count)
    for (index, run) in runs.enumerated() { inside += repeatElement(index % 2 == 1, count: run) }
    var (mirrored, value): ([Int], Bool) = ([0], false)
    for column in 0..<size.width {
      for row in 0..<size.height {
        let place =
          flip == .horizontal
          ? (size.width - 1 - column) * size.height + row : column * size.height + size.height - 1 - row
        if inside[place] != value {
          value.toggle()
          mirrored.append(0)
        }
        mirrored[mirrored.count - 1] += 1
      }
    }
    return mirrored
  }
}

extension BoundingBox {
  fileprivate func mirrored(_ flip: PictureFlip, _ size: ImageSize, holdsPixels: Bool) -> BoundingBox {
    let less = holdsPixels ? 1.0 : 0
    let (width, height) = (Double(size.width) - less, Double(size.height) - less)
    switch flip {
    case .horizontal: return BoundingBox(left: width - right, top: top, right: width - left, bottom: bottom)
    case .vertical: return BoundingBox(left: left, top: height - bottom, right: right, bottom: height - top)
    }
  }
}

extension ImagePoint {
  fileprivate func mirrored(_ flip: PictureFlip, _ size: ImageSize) -> ImagePoint {
    switch flip {
    case .horizontal: ImagePoint(x: Double(size.width) - x, y: y)
    case .vertical: ImagePoint(x: x, y: Double(size.height) - y)
    }
  }
}
