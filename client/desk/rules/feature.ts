import type { Feature } from '../shell/feature-contract.ts';
import type versions from './history/locales/zh-CN.ts';
import chinese from './locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly rules: (typeof chinese)['rules'] & (typeof versions)['rules'];
    readonly caps: (typeof chinese)['caps'];
  }
}

export const rules: Feature = {
  name: 'rules',
  chinese,
  place: {
    icon: 'book',
    needs: 'rule.read',
    group: 'village',
    label: 'rules.menu.name',
  },
  routes: [
    {
      path: '/rules',
      name: 'rules',
      component: () => import('./RulesPage.vue'),
      meta: { needs: 'rule.read', isListDetail: true },
      children: [
        {
          path: '/rules/:id',
          name: 'rule',
          props: true,
          component: () => import('./RulePage.vue'),
          meta: { needs: 'rule.read' },
        },
        {
          path: '/rules/:id/edit',
          name: 'editRule',
          props: true,
          component: () => import('./EditRulePage.vue'),
          meta: { needs: 'rule.change' },
        },
        {
          path: '/rules/:id/compare',
          name: 'compareRule',
          props: true,
          component: () => import('./history/ComparePage.vue'),
          meta: { needs: 'rule.read' },
        },
        {
          path: '/rules/new',
          name: 'newRule',
          component: () => import('./EditRulePage.vue'),
          meta: { needs: 'rule.change' },
        },
      ],
    },
  ],
};
