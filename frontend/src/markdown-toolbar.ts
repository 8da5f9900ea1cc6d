// parts/markdown-toolbar.html: <markdown-toolbar for="ID of a textarea"> with <md-bold>, <md-link> … inside.
import "@github/markdown-toolbar-element";
