import Graphs
import Tensors

/// What a layer gives.
enum IRValue: Sendable {
  /// A value that the graph computes or is fed.
  case computed(ValueID)
  /// A tensor that is known.
  case constant(Tensor)
  /// Known 8-bit integers that stand for floats.
  case quantized(QuantizedConstant)
}

/// (integers - zero points) * scales, with one scale and zero point, or one for each index along one axis or several
/// neighbouring ones.
///
/// Compressed weights are written as Convert, Subtract and Multiply of integers; this is what has been read of that so far.
struct QuantizedConstant: Sendable {
  /// int8 or uint8, or uint16 behind a quantizer of more levels.
  let integers: Tensor
  /// The axes of scales and zero points; nil if there is one of each.
  let axes: Range<Int>?
  /// One, or one for each index along the axes; never none.
  let scales: [Float]
  let zeroPoints: [Float]

  /// Integers that stand for themselves.
  init(_ integers: Tensor) { self.init(integers: integers, axes: nil, scales: [1], zeroPoints: [0]) }

  /// Takes all parts.
  init(integers: Tensor, axes: Range<Int>?, scales: [Float], zeroPoints: [Float]) {
    self.integers = integers
    self.axes = axes
    self.scales = scales
    self.zeroPoints = zeroPoints
  }

  /// The same minus a tensor, as long as nothing was multiplied.
  func subtracting(_ tensor: Tensor) -> QuantizedConstant? {
    guard zeroPoints.allSatisfy({ $0 == 0 }), scales.allSatisfy({ $0 == 1 }),
      let (axes, numbers) = Self.spread(tensor, over: integers.shape)
    else { return nil }
    return QuantizedConstant(integers: integers, axes: axes, scales: numbers.map { _ in 1 }, zeroPoints: numbers)
  }

  /// The same times a tensor.
  func multiplied(by tensor: Tensor) -> QuantizedConstant? {
    guard let (found, numbers) = Self.spread(tensor, over: integers.shape),
      found == nil || axes == nil || found == axes
    else { return nil }
    let count = max(scales.count, numbers.count)
    func at(_ list: [Float], _ index: Int) -> Float { list[list.count == 1 ? 0 : index] }
    return QuantizedConstant(
      integers: integers, axes: found ?? axes, scales: (0..<count).map { at(scales, $0) * at(numbers, $0) },
      zeroPoints: (0..<count).map { at(zeroPoints, $0) })
  }

  /// The same under another shape; nil where scales would not lie along neighbouring axes any more.
  func reshaped(to shape: Shape) -> QuantizedConstant? {
    guard let tensor = try? integers.reshaped(to: shape) else { return nil }
    guard let axes else {
      return QuantizedConstant(integers: tensor, axes: nil, scales: scales, zeroPoints: zeroPoints)
    }
    let before = integers.shape.dimensions[..<axes.lowerBound].reduce(1, *)
    var outer = 1
    for first in shape.dimensions.indices {
      var count = 1
      for last in first..<shape.rank where outer == before {
        count *= shape[last]
        if count == scales.count {
          return QuantizedConstant(integers: tensor, axes: first..<last + 1, scales: scales, zeroPoints: zeroPoints)
        }
      }
      outer *= shape[first]
    }
    return nil
  }

  /// Which scale belongs to an element.
  private func place(_ index: Int) -> Int {
    guard let axes, scales.count > 1 else { return 0 }
    return index / max(integers.shape.dimensions[axes.upperBound...].reduce(1, *), 1) % scales.count
  }

  /// The numbers that the integers stand for.
  var floats: Tensor? {
    let values = integers.doubles.enumerated().map { index, value in
      (Float(value) - zeroPoints[place(index)]) * scales[place(index)]
    }
    return try? Tensor(shape: integers.shape, values)
  }

  /// The same with int8 and zero points of 0 where that is possible, as fast integer products want weights; nil where the
  /// zero points are no integers of the type.
  var centred: (integers: Tensor, zeroPoints: [Int64])? {
    guard let elements = integers.integers, let range = integers.elementType.integerRange,
      zeroPoints.allSatisfy({ $0 == $0.rounded() && abs($0) <= 65536 })
    else { return nil }
    let points = zeroPoints.map { Int64($0) }
    let shift = points[0]
    if points.allSatisfy({ $0 == shift }), elements.allSatisfy({ (-128...127).contains($0 - shift) }),
      let tensor = try? Tensor(shape: integers.shape, elements.map { Int8(clamping: $0 - shift) })
    {
      return (tensor, points.map { _ in 0 })
    }
    return points.allSatisfy(range.contains) ? (integers, points) : nil
  }

  /// A tensor that is one number, or varies along neighbouring axes of a shape that it is spread over.
  static func spread(_ tensor: Tensor, over shape: Shape) -> (axes: Range<Int>?, numbers: [Float])? {
    if tensor.elementCount == 1 { return (nil, tensor.floats) }
    let lead = shape.rank - tensor.shape.rank
    let long = tensor.shape.dimensions.indices.filter { tensor.shape[$0] != 1 }
    guard lead >= 0, tensor.elementCount > 0, let first = long.first, let last = long.last,
      (first...last).allSatisfy({ tensor.shape[$0] == shape[lead + $0] })
    else { return nil }
    return (lead + first..<lead + last + 1, tensor.floats)
  }

  /// A tensor that is one number, or varies along one axis of a shape that it is spread over.
  static func spreadAlongAxis(_ tensor: Tensor, over shape: Shape) -> (axis: Int?, numbers: [Float])? {
    guard let (axes, numbers) = spread(tensor, over: shape), axes.map({ $0.count == 1 }) ?? true else { return nil }
    return (axes?.lowerBound, numbers)
  }
}
