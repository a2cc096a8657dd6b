import Graphs
import _TestSupport

/// A random convolution that fits its input.
struct ConvolutionShape {
  var input: [Int]
  var outputs: Int
  var kernel: [Int]
  var strides: [Int]
  var dilations: [Int]
  var pads: [Int]
  var group: Int
  var activation: Activation
  var hasResidual: Bool

  init(_ random: inout SeededGenerator) {
    func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    let extents = pick(0...4) == 0 ? [1, 1] : [pick(1...13), pick(1...13)]
    kernel = [[1, 1], [3, 3], [pick(1...5), pick(1...5)]][pick(0...2)]
    strides = [[1, 1], [2, 2], [pick(1...3), pick(1...3)]][pick(0...2)]
    dilations = pick(0...3) == 0 ? [pick(1...3), pick(1...3)] : [1, 1]
    let spans = zip(kernel, dilations).map { ($0 - 1) * $1 + 1 }
    pads = [pick(0...3), pick(0...3), pick(0...3), pick(0...3)]
    for axis in 0..<2 { pads[axis + 2] += max(spans[axis] - extents[axis] - pads[axis] - pads[axis + 2], 0) }
    switch pick(0...3) {
    case 0:
      group = pick(2...70)
      input = [pick(1...3), group] + extents
      outputs = group
    case 1:
      group = pick(2...4)
      input = [pick(1...3), group * pick(1...9)] + extents
      outputs = group * pick(1...20)
    default:
      group = 1
      input = [pick(1...3), pick(1...40)] + extents
      outputs = pick(1...70)
    }
    activation = [.identity, .relu, .clip(lower: -0.5, upper: 2)][pick(0...2)]
    hasResidual = activation == .identity && pick(0...1) == 0
  }
}
