// The two files by which editors and the marketplace know what a VSIX is.

/** `extension.vsixmanifest` for a package.json; for one platform where a target is given. */
export function vsixManifest(manifest, target) {
  const { name, publisher, version, displayName, description, categories, keywords, engines, repository, homepage, bugs } = manifest;
  const property = (id, value) => `      <Property Id="${id}" Value="${escaped(value)}" />`;
  const asset = (type, path) => `    <Asset Type="${type}" Path="${path}" Addressable="true" />`;
  const links = [
    ['Source', repository.url],
    ['Getstarted', repository.url],
    ['GitHub', repository.url],
    ['Support', bugs.url],
    ['Learn', homepage],
  ];
  return `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011" xmlns:d="http://schemas.microsoft.com/developer/vsx-schema-design/2011">
  <Metadata>
    <Identity Language="en-US" Id="${escaped(name)}" Version="${version}" Publisher="${escaped(publisher)}"${target ? ` TargetPlatform="${target}"` : ''} />
    <DisplayName>${escaped(displayName)}</DisplayName>
    <Description xml:space="preserve">${escaped(description)}</Description>
    <Tags>${escaped([...keywords, 'snippet'].join(','))}</Tags>
    <Categories>${escaped(categories.join(','))}</Categories>
    <GalleryFlags>Public</GalleryFlags>
    <Properties>
${property('Microsoft.VisualStudio.Code.Engine', engines.vscode)}
${property('Microsoft.VisualStudio.Code.ExtensionDependencies', '')}
${property('Microsoft.VisualStudio.Code.ExtensionPack', '')}
${property('Microsoft.VisualStudio.Code.ExtensionKind', manifest.extensionKind.join(','))}
${property('Microsoft.VisualStudio.Code.LocalizedLanguages', '')}
${property('Microsoft.VisualStudio.Code.EnabledApiProposals', '')}
${property('Microsoft.VisualStudio.Code.ExecutesCode', 'true')}
${links.map(([id, url]) => property(`Microsoft.VisualStudio.Services.Links.${id}`, url)).join('\n')}
${property('Microsoft.VisualStudio.Services.Branding.Color', manifest.galleryBanner.color)}
${property('Microsoft.VisualStudio.Services.Branding.Theme', manifest.galleryBanner.theme)}
${property('Microsoft.VisualStudio.Services.GitHubFlavoredMarkdown', 'true')}
${property('Microsoft.VisualStudio.Services.Content.Pricing', 'Free')}
    </Properties>
    <License>extension/LICENSE.txt</License>
    <Icon>extension/${manifest.icon}</Icon>
  </Metadata>
  <Installation>
    <InstallationTarget Id="Microsoft.VisualStudio.Code" />
  </Installation>
  <Dependencies />
  <Assets>
${asset('Microsoft.VisualStudio.Code.Manifest', 'extension/package.json')}
${asset('Microsoft.VisualStudio.Services.Content.Details', 'extension/readme.md')}
${asset('Microsoft.VisualStudio.Services.Content.Changelog', 'extension/changelog.md')}
${asset('Microsoft.VisualStudio.Services.Content.License', 'extension/LICENSE.txt')}
${asset('Microsoft.VisualStudio.Services.Icons.Default', `extension/${manifest.icon}`)}
  </Assets>
</PackageManifest>
`;
}

/** `[Content_Types].xml` for the kinds of files that we ship. */
export function contentTypes() {
  const types = {
    '.json': 'application/json',
    '.js': 'application/javascript',
    '.md': 'text/markdown',
    '.txt': 'text/plain',
    '.png': 'image/png',
    '.svg': 'image/svg+xml',
    '.toml': 'text/plain',
    '.yaml': 'text/plain',
    '.bib': 'text/plain',
    '.exe': 'application/octet-stream',
    '.vsixmanifest': 'text/xml',
  };
  const rows = Object.entries(types).map(([extension, type]) => `<Default Extension="${extension}" ContentType="${type}"/>`);
  return `<?xml version="1.0" encoding="utf-8"?>\n<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${rows.join('')}</Types>\n`;
}

function escaped(value) {
  return value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
