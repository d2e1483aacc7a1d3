import { canonicalJson } from '../../../../src/application/kernel/history/canonical-json.js';
import { leafOf, merkleTree, rootFrom } from '../../../../src/application/kernel/history/merkle-tree.js';

test('one value has one text, whatever the order of its names', () => {
  expect(canonicalJson({ b: [{ d: 1, c: null }], a: 'x', gone: undefined })).toBe('{"a":"x","b":[{"c":null,"d":1}]}');
  expect(canonicalJson({ 10: true, 9: 'é "🎫"\n', '': -0, ё: 1e21 })).toBe(
    '{"":0,"10":true,"9":"é \\"🎫\\"\\n","ё":1e+21}',
  );
});

test('the tree is that of RFC 6962', () => {
  // The vectors of Certificate Transparency.
  const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
  const leaves = inputs.map((hex) => leafOf(Buffer.from(hex, 'hex').toString('latin1')));
  expect(merkleTree([]).root).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(merkleTree(leaves.slice(0, 1)).root).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
  expect(merkleTree(leaves.slice(0, 3)).root).toBe('aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77');
  expect(merkleTree(leaves.slice(0, 7)).root).toBe('ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c');
  expect(merkleTree(leaves).root).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328');
});

test('every leaf is proved by its path, in its own place alone, in trees of every size', () => {
  for (let size = 1; size <= 33; size++) {
    const leaves = Array.from({ length: size }, (_, index) => leafOf(String(index)));
    const { root, pathOf } = merkleTree(leaves);
    for (const [index, leaf] of leaves.entries()) {
      const path = pathOf(index);
      expect(rootFrom(leaf, index, size, path)).toBe(root);
      expect(rootFrom(leafOf('another'), index, size, path)).not.toBe(root);
      expect(rootFrom(leaf, (index + 1) % (size + 1), size, path)).not.toBe(root);
      expect(rootFrom(leaf, index, size, [...path, leaf])).toBeNull();
      expect(size > 1 ? rootFrom(leaf, index, size, path.slice(1)) : null).toBeNull();
    }
  }
});
